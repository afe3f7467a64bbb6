import django.db.models.deletion
import governance.models.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0007_authority'),
        ('uat', '0004_tenant_keys'),
    ]

    operations = [
        migrations.AddField(
            model_name='change',
            name='scenario',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='uat.scenario'),
        ),
        migrations.AlterField(
            model_name='change',
            name='process',
            field=models.ForeignKey(blank=True, help_text='Empty: it touches every process, or the scenario alone that is named.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.businessprocess'),
        ),
        governance.models.tenancy.AddConstraints(
            constraints={'change': [governance.models.tenancy.SameTenant(link='scenario', name='change_and_scenario_share_a_project', tenant='project')]},
        ),
    ]
